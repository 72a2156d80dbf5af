package coworking.analytics.rest.v1;

import static coworking.analytics.rest.v1.response.RowSchema.RowField.field;

import coworking.analytics.domain.fact.Member;
import coworking.analytics.domain.fact.PersonName;
import coworking.analytics.rest.v1.response.RowSchema.RowField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fields that describe a member in a row. */
final class MemberFields {

    private MemberFields() {}

    /**
     * The fields of a member.
     *
     * @param <R> the row
     * @param member finds the member in the row
     * @param includesNames whether the client requested names
     */
    static <R> List<RowField<R>> of(Function<R, Member> member, boolean includesNames) {
        var fields = new ArrayList<RowField<R>>();
        fields.add(field("joined_at", row -> member.apply(row).joinedAt()));
        fields.add(field("active", row -> member.apply(row).isActive()));
        if (includesNames) {
            fields.add(field("first_name", row -> member.apply(row).name().map(PersonName::first)));
            fields.add(field("last_name", row -> member.apply(row).name().map(PersonName::last)));
        }
        return fields;
    }
}
