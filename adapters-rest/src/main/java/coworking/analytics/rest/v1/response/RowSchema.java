package coworking.analytics.rest.v1.response;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields of the rows of a report, in every format.
 *
 * @param <R> a row
 * @param fields the fields in order
 */
public record RowSchema<R>(List<RowField<R>> fields) {

    /** The array of fields is only read. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> RowSchema<R> of(RowField<R>... fields) {
        return new RowSchema<>(Arrays.stream(fields).toList());
    }

    /** The same with further fields at the end. */
    public RowSchema<R> with(List<RowField<R>> more) {
        return new RowSchema<>(Stream.concat(fields.stream(), more.stream()).toList());
    }

    /** The names of the columns, for formats without lists. */
    List<String> columns() {
        return fields.stream().flatMap(field -> field.columns().stream()).toList();
    }

    /** Writes a row as an object. */
    public void write(R row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var field : fields) {
            json.writeFieldName(field.name());
            ValueFormat.write(field.value().apply(row), json);
        }
        json.writeEndObject();
    }

    /**
     * One field of a row.
     *
     * @param name its name
     * @param columns the name again, or a name for each element of a list
     * @param value a text, a number, a boolean, a date or a time; an Optional of one; or a list for several columns
     */
    public record RowField<R>(String name, List<String> columns, Function<R, ?> value) {

        public static <R> RowField<R> field(String name, Function<R, ?> value) {
            return new RowField<>(name, List.of(name), value);
        }

        /**
         * A field with a list, which has a column for each element.
         *
         * @param column the pattern of the columns' names, for {@link String#format(Locale, String, Object...)}
         * @param first the number in the first column's name
         * @param size the maximum length of the list
         */
        public static <R> RowField<R> listField(String name, String column, int first, int size, Function<R, ? extends List<?>> value) {
            return new RowField<>(name,
                    IntStream.range(first, first + size).mapToObj(number -> String.format(Locale.ROOT, column, number)).toList(), value);
        }

        /** The values of the columns. A list may be shorter than its columns. */
        List<?> columnValues(R row) {
            var cell = value.apply(row);
            return cell instanceof List<?> list ? list : List.of(cell);
        }
    }
}
