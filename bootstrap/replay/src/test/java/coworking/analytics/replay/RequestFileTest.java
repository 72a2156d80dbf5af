package coworking.analytics.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class RequestFileTest {

    private static final List<String> FORMS = List.of(
            "%s %s",
            "  %s \t %s  ",
            "%s %s HTTP/1.1",
            "10.0.0.7 - - [25/Nov/2026:09:16:42 +0000] \"%s %s HTTP/1.1\" 200 97",
            "10.0.0.7 - ada [25/Nov/2026:09:16:42 +0000] \"%s %s HTTP/1.0\" 200 97 \"http://space.example/\" \"Mozilla/5.0 (\\\"x\\\")\"",
            "INFO:werkzeug:10.0.0.7 - - [25/Nov/2026 09:16:42] \"%s %s HTTP/1.1\" 200 -",
            "2026-11-25T09:16:42.186641Z coworking 10.0.0.7:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29"
                    + " \"%s http://space.example:80%s HTTP/1.1\" \"curl/7.38.0\" - -",
            "h2 2026-11-25T09:16:42.186641Z app/coworking/50dc6c495c0c9188 10.0.0.7:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366"
                    + " \"%s https://space.example:443%s HTTP/2.0\" \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x/y"
                    + " \"Root=1-58337262-36d228ad5d99923122bbe354\" \"space.example\" \"-\" 0 2026-11-25T09:16:42.186641Z \"forward\" \"-\"");

    @Property
    void aRequestIsTheSameInAllFormsOfALine(@ForAll("methods") String method, @ForAll("targets") String target) {
        assertThat(FORMS).allSatisfy(form -> assertThat(RequestFile.parse(form.formatted(method, target).strip()))
                .contains(new ReplayRequest(method, target)));
    }

    @Property(tries = 2_000)
    void noLineWhateverItHoldsBecomesMoreThanOneRequestLine(@ForAll("lines") String line) {
        RequestFile.parse(line).ifPresent(call -> {
            assertThat(call.method()).matches("[A-Za-z]+");
            assertThat(call.target()).matches("[!-~&&[^\"]]+");
            assertThat(line).contains(call.method());
        });
    }

    @Property
    void eachLineIsReplayedLeftOutOrFaulty(@ForAll("files") List<String> lines) throws IOException {
        var worth = lines.stream().filter(line -> !line.isBlank() && !line.strip().startsWith("#")).toList();
        var faulty = IntStream.range(0, lines.size()).filter(i -> worth.contains(lines.get(i)))
                .filter(i -> RequestFile.parse(lines.get(i).strip()).isEmpty()).boxed().toList();
        try {
            var script = read(lines, true, true);
            assertThat(faulty).isEmpty();
            assertThat(script.requests()).doesNotHaveDuplicates().hasSizeBetween(1, worth.size());
            assertThat(script.requests().size() + numbers(script.omitted())).isEqualTo(worth.size());
        } catch (InvalidArgumentsException wrong) {
            var message = String.valueOf(wrong.getMessage());
            assertThat(faulty.stream().limit(10)).allSatisfy(line -> assertThat(message).contains("\n  line " + (line + 1) + ": "));
            assertThat(faulty.isEmpty()).isEqualTo(message.startsWith("There is no request"));
        }
    }

    /** The sum of what is counted in words. */
    private static int numbers(String leftOut) {
        return leftOut.isEmpty()
                ? 0
                : List.of(leftOut.split(", (?=\\d)", -1)).stream().mapToInt(part -> Integer.parseInt(part.split(" ", 2)[0])).sum();
    }

    @Example
    void anUrlAloneIsThatOfItsRoot() {
        assertThat(List.of("GET http://space.example", "GET http://space.example/", "\"GET http://space.example:80 HTTP/1.1\""))
                .allSatisfy(line -> assertThat(RequestFile.parse(line)).contains(new ReplayRequest("GET", "/")));
        assertThat(RequestFile.parse("GET http://space.example?a=1")).contains(new ReplayRequest("GET", "/?a=1"));
    }

    @Example
    void whatProxiesAreAskedForIsNoPath() throws IOException {
        var script = read(List.of("GET /health_check", "OPTIONS *", "x \"CONNECT space.example:443 HTTP/1.1\" 405"), true, true);

        assertThat(script.requests()).containsExactly(new ReplayRequest("GET", "/health_check"));
        assertThat(script.omitted()).isEqualTo("2 for other paths than the four");
    }

    @Example
    void theFirstTenFaultsAreNamedAndTheOthersCounted() {
        var lines = IntStream.range(0, 13).mapToObj(i -> "\u001b[2J nonsense " + "x".repeat(i * 10)).collect(Collectors.toList());
        lines.set(3, "GET /health_check");

        assertThatThrownBy(() -> read(lines, false, false)).isInstanceOf(InvalidArgumentsException.class).message()
                .contains("\n  line 1: \\x1B[2J nonsense", "\n  line 11: ", "\n  and 2 more").doesNotContain("line 4:", "\u001b");
    }

    @Example
    void aFileOfNothingIsWrongUse() {
        assertThatThrownBy(() -> read(List.of("", "# GET /health_check"), false, false)).hasMessage("There is no request to replay.");
        assertThatThrownBy(() -> read(List.of("POST /health_check"), false, false)).hasMessage("There is no request to replay. Left out:"
                + " 1 of other methods than GET, HEAD and OPTIONS (--all-methods takes them)");
    }

    @Example
    void thereIsAnEndToHowManyAreKept() throws IOException {
        var script = read(IntStream.range(0, 1_500).mapToObj(i -> "GET /health_check?" + i).toList(), false, false);

        assertThat(script.requests()).hasSize(1_000).first().isEqualTo(new ReplayRequest("GET", "/health_check?0"));
        assertThat(script.omitted()).isEqualTo("500 beyond the first 1000 different ones");
    }

    private static RequestList read(List<String> lines, boolean allMethods, boolean allPaths) throws IOException {
        return RequestFile.read(new BufferedReader(new StringReader(String.join("\n", lines))), allMethods, allPaths);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "HEAD", "OPTIONS", "POST", "PROPFIND", "get", "X");
    }

    @Provide
    Arbitrary<String> targets() {
        var rest = Arbitraries.strings().withCharRange('!', '~').excludeChars('"').ofMaxLength(30);
        return Combinators.combine(Arbitraries.of("/", "/health_check", "/api/reports/user_visits?"), rest).as(String::concat);
    }

    @Provide
    Arbitrary<String> lines() {
        var pieces = Arbitraries.oneOf(
                Arbitraries.of("GET", "/", "\"", " ", "HTTP/1.1", "http://", "x", "?", "*", "\r", "\t", "\u0000", "\\x22", "\u00e9", "#"),
                Arbitraries.strings().ofMaxLength(5), targets());
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<List<String>> files() {
        var line = Arbitraries.frequencyOf(
                Tuple.of(20, Combinators.combine(Arbitraries.of(FORMS), methods(), targets()).as(String::formatted)),
                Tuple.of(3, Arbitraries.of("", "   ", "# a comment", "OPTIONS *")),
                Tuple.of(1, Arbitraries.of("nonsense", "GET", "\"GET /x\"", "GET health_check")));
        return line.list().ofMaxSize(30);
    }
}
