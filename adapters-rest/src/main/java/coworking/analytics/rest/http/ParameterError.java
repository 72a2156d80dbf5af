package coworking.analytics.rest.http;

/**
 * The error of one parameter of a request.
 *
 * @param parameter its name, shortened to a maximum length
 * @param reason why it is invalid: a text that continues the name
 * @param allowed the valid values
 */
public record ParameterError(String parameter, String reason, String allowed) {

    private static final int MAX_NAME_LENGTH = 64;

    public ParameterError {
        parameter = parameter.length() <= MAX_NAME_LENGTH ? parameter : parameter.substring(0, MAX_NAME_LENGTH) + "...";
    }
}
