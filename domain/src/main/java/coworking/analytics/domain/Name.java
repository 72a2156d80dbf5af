package coworking.analytics.domain;

/**
 * What a member is called; personal data, which is only read where it was asked for by somebody who may.
 *
 * @param first the first name, as it was written down; may be empty
 * @param last the last name, as it was written down; may be empty
 */
public record Name(String first, String last) {

    /** Keeps names out of logs and failures. */
    @Override
    public String toString() {
        return "Name[...]";
    }
}
