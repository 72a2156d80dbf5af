package coworking.analytics.rest;

/**
 * What is wrong with one parameter of a request.
 *
 * @param parameter its name, shortened where it is absurdly long
 * @param reason why it cannot be taken; goes on where the name ends
 * @param allowed what could be
 */
record Fault(String parameter, String reason, String allowed) {

    private static final int LONGEST = 64;

    Fault {
        parameter = parameter.length() <= LONGEST ? parameter : parameter.substring(0, LONGEST) + "...";
    }
}
