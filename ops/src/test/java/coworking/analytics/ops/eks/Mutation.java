package coworking.analytics.ops.eks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mistake that somebody could make in a file.
 *
 * @param from text that is there
 * @param to text in its place, at every occurrence
 */
record Mutation(String from, String to) {

    String in(String text) {
        assertThat(text).contains(from);
        return text.replace(from, to);
    }
}
