package coworking.analytics.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "gzip", "GZip", "x-gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "*;q=0.5", "gzip ; q=0.001",
            "gzip;Q=1.000",
            "identity;q=0.5, gzip;q=0.5", "identity;q=0, *", " , gzip,", "nonsense;x=1, gzip", "deflate\t,\tgzip"})
    void gzipIsPreferredByWhoTakesItAsGladlyAsAnything(String accepted) {
        assertThat(AcceptEncoding.prefersGzip(headers(accepted))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "*, gzip;q=0", "x-gzip;q=0, *", "gzip;q=0.4, identity;q=0.5",
            "identity, *;q=0.5", "gzip;q=2", "gzip;q=", "gzip;level=1", "gzipped", "gzip br", "identity;q=0"})
    void gzipIsNotPreferredByWhoRefusesItOrWouldRatherHaveThePlainBytes(String accepted) {
        assertThat(AcceptEncoding.prefersGzip(headers(accepted))).isFalse();
    }

    @Test
    void aListMayBeSpreadOverSeveralHeaders() {
        assertThat(AcceptEncoding.prefersGzip(headers("br", "gzip"))).isTrue();
        assertThat(AcceptEncoding.prefersGzip(headers("*", "gzip;q=0"))).isFalse();
    }

    @Test
    void whoSaysNothingIsSentThePlainBytes() {
        assertThat(AcceptEncoding.prefersGzip(WritableHeaders.create())).isFalse();
    }

    private static Headers headers(String... accepted) {
        return WritableHeaders.create().add(HeaderNames.ACCEPT_ENCODING, accepted);
    }
}
