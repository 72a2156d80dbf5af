package coworking.analytics.domain.fact;

/**
 * The name of a member: personal data, which is only read for callers with access to names.
 *
 * @param first the first name as it is stored; may be empty
 * @param last the last name as it is stored; may be empty
 */
public record PersonName(String first, String last) {

    /** Keeps names out of logs and failures. */
    @Override
    public String toString() {
        return "Name[...]";
    }
}
