package coworking.analytics.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the rows of a report are made of: the one description that all formats write from.
 *
 * @param <R> a row
 * @param fields in their order
 */
record Table<R>(List<Field<R>> fields) {

    @SafeVarargs
    @SuppressWarnings("varargs") // They are only read.
    static <R> Table<R> of(Field<R>... fields) {
        return new Table<>(Arrays.stream(fields).toList());
    }

    /** The same, with further fields behind. */
    Table<R> and(List<Field<R>> further) {
        return new Table<>(Stream.concat(fields.stream(), further.stream()).toList());
    }

    /** The columns' names, for formats that know no lists. */
    List<String> columns() {
        return fields.stream().flatMap(field -> field.columns().stream()).toList();
    }

    /** A row as one object. */
    void write(R row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var field : fields) {
            json.writeFieldName(field.name());
            Cell.write(field.value().apply(row), json);
        }
        json.writeEndObject();
    }

    /**
     * One field of a row.
     *
     * @param name what it is called
     * @param columns what it is called where lists are spread over columns: the name itself, or one name for each element
     * @param value a text, a number, a truth value, a date or a time; an Optional of one; or a list where there are several columns
     */
    record Field<R>(String name, List<String> columns, Function<R, ?> value) {

        static <R> Field<R> field(String name, Function<R, ?> value) {
            return new Field<>(name, List.of(name), value);
        }

        /**
         * A list of at most so many elements.
         *
         * @param column what a column's name is made of, by {@link String#format}
         * @param first the number of the first one
         */
        static <R> Field<R> list(String name, String column, int first, int most, Function<R, ? extends List<?>> value) {
            return new Field<>(name, IntStream.range(first, first + most).mapToObj(number -> column.formatted(number)).toList(), value);
        }

        /** One value for each column; of the last elements of a list there may be none. */
        List<?> cells(R row) {
            var cell = value.apply(row);
            return cell instanceof List<?> list ? list : List.of(cell);
        }
    }
}
