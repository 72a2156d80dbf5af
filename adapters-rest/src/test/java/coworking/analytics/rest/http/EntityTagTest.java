package coworking.analytics.rest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    private static final EntityTag TAG = new EntityTag("\"a1\"");

    @Test
    void theTagOfSomeBytesIsTheSameForever() {
        assertThat(tag("{}\n").text()).isEqualTo("\"ca3d163bab055381827226140568f3be\"");
    }

    @Test
    void otherBytesHaveAnotherTag() {
        assertThat(tag("1")).isNotEqualTo(tag("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a1\"", "W/\"a1\"", "\"x\", \"a1\"", "\"x\",W/\"a1\",\"y\"", "*", " * ", "\"with,comma\", \"a1\""})
    void aCallerWhoListsTheTagKnowsTheBytes(String ifNoneMatch) {
        assertThat(TAG.matches(headers(ifNoneMatch))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a2\"", "a1", "\"A1\"", "\"a1", "\"a\", \"1\"", "\"*\"", "\"x\", *", "", "\"xa1\""})
    void aCallerWhoDoesNotListTheTagDoesNotKnowTheBytes(String ifNoneMatch) {
        assertThat(TAG.matches(headers(ifNoneMatch))).isFalse();
    }

    @Test
    void aListMayBeSpreadOverSeveralHeaders() {
        assertThat(TAG.matches(headers("\"x\"", "\"a1\""))).isTrue();
    }

    @Test
    void aCallerWhoSaysNothingKnowsNothing() {
        assertThat(TAG.matches(WritableHeaders.create())).isFalse();
    }

    @Test
    void theGzipFormHasATagOfItsOwn() {
        assertThat(TAG.forGzip().text()).isEqualTo("\"a1-gzip\"");
        assertThat(TAG.forGzip().matches(headers("\"a1\""))).isFalse();
        assertThat(TAG.matches(headers("\"a1-gzip\""))).isFalse();
    }

    private static EntityTag tag(String text) {
        return TaggedBuffer.of(out -> out.write(text.getBytes(US_ASCII)), 0).tag();
    }

    private static Headers headers(String... ifNoneMatch) {
        return WritableHeaders.create().add(HeaderNames.IF_NONE_MATCH, ifNoneMatch);
    }
}
