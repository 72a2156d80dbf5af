package coworking.analytics.ops;

/**
 * How a program ended.
 *
 * @param output what it wrote to standard output and standard error
 */
public record ProcessResult(int status, String output) {}
