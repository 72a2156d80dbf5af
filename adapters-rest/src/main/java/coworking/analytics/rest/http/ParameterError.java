package coworking.analytics.rest.http;

import java.util.Optional;

/**
 * The error of one parameter of a request.
 *
 * @param parameter its name, shortened to a maximum length
 * @param code the kind of the error, which programs may compare
 * @param value the value that was sent, shortened to a maximum length; empty if it cannot be decoded
 * @param reason why it is invalid: a text that continues the name
 * @param allowed the valid values
 */
public record ParameterError(String parameter, ErrorCode code, Optional<String> value, String reason, String allowed) {

    private static final int MAX_ECHOED_LENGTH = 64;

    public ParameterError {
        parameter = shorten(parameter);
        value = value.map(ParameterError::shorten);
    }

    /** Cuts between two characters, never inside a surrogate pair, which could not be encoded. */
    private static String shorten(String text) {
        if (text.length() <= MAX_ECHOED_LENGTH) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(MAX_ECHOED_LENGTH - 1)) ? MAX_ECHOED_LENGTH - 1 : MAX_ECHOED_LENGTH;
        return text.substring(0, end) + "...";
    }

    /** The kinds of errors. Their names in lower case are part of the API. */
    public enum ErrorCode {

        /** The resource has no such parameter. */
        UNKNOWN_PARAMETER,

        INVALID_VALUE, EMPTY_VALUE, INVALID_ENCODING, REPEATED_PARAMETER,

        /** It excludes another parameter of the query. */
        CONFLICTING_PARAMETER,

        /** The first day is after the last. */
        REVERSED_RANGE,

        RANGE_TOO_LONG,

        /** The cursor is not of a page of this query. */
        FOREIGN_CURSOR
    }
}
