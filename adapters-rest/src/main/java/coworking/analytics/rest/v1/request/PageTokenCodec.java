package coworking.analytics.rest.v1.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import coworking.analytics.application.port.in.PageToken;
import coworking.analytics.application.port.in.SpaceAnalytics.DormancyCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.ReportScope;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsCriteria;
import coworking.analytics.application.port.in.SpaceAnalytics.UserVisitsPosition;
import coworking.analytics.domain.fact.VisitPosition;
import coworking.analytics.domain.time.DateRange;
import coworking.analytics.domain.time.RequestedRange;
import coworking.analytics.domain.time.RequestedRange.FixedRange;
import coworking.analytics.domain.time.RequestedRange.NamedRange;
import coworking.analytics.rest.http.ParameterError;
import coworking.analytics.rest.http.ParameterError.ErrorCode;
import coworking.analytics.rest.http.Problem;
import coworking.analytics.rest.http.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The text form of a {@link PageToken}: numbers, and the version of the data of the first page, in base64, with a checksum that binds them to one
 * request. The checksum detects mistakes,
 * not forgery: a forged token shows nothing that its author may not request.
 *
 * <p>The checksum covers the request's key, a text that is the same in every process and in every release: tokens outlive an upgrade. So the
 * words of the key are literals here, whatever the types are called now; only the constants of enums are taken from their names.
 *
 * @param <P> a position in the order of the rows
 */
public final class PageTokenCodec<P> {

    /** Tokens of the first release have no version of the data. They stay readable. */
    private static final byte WITHOUT_VERSION = 1;
    private static final byte WITH_VERSION = 2;
    private static final int RANGE_NUMBERS = 3;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final PositionFormat<P> format;
    private final byte[] requestKey;

    private PageTokenCodec(PositionFormat<P> format, String requestKey) {
        this.format = format;
        this.requestKey = requestKey.getBytes(UTF_8);
    }

    /** For pages of users and their visits. */
    public static PageTokenCodec<UserVisitsPosition> forUserVisits(ReportScope scope, UserVisitsCriteria criteria) {
        return of(PositionFormat.USER_VISITS, scope, "user visits",
                "VisitsQuestion[countsUsed=" + criteria.countsUsed() + ", isActive=" + criteria.isActive() + ", leastVisits="
                        + criteria.minVisits() + ", order=" + criteria.order() + ", withNames=" + criteria.withNames() + "]");
    }

    /** For pages of dormant members. */
    public static PageTokenCodec<Long> forDormantMembers(ReportScope scope, DormancyCriteria criteria) {
        return of(PositionFormat.USER_ID, scope, "dormant",
                "DormancyQuestion[factor=" + criteria.factor() + ", leastVisits=" + criteria.minVisits() + ", withNames="
                        + criteria.withNames() + "]");
    }

    /** For pages of one user's visits. */
    public static PageTokenCodec<VisitPosition> forVisitsOfUser(ReportScope scope, long userId, boolean withName) {
        return of(PositionFormat.VISIT, scope, "visits", String.valueOf(userId), String.valueOf(withName));
    }

    /** The moment of the request is not part of its key, since it differs from page to page; nor is the size of the page. */
    static <P> PageTokenCodec<P> of(PositionFormat<P> format, ReportScope scope, String... words) {
        return new PageTokenCodec<>(format,
                "[" + rangeKey(scope.range()) + ", DayStart[at=" + scope.dayStart().at() + "], " + List.of(words) + "]");
    }

    private static String rangeKey(RequestedRange range) {
        return switch (range) {
            case NamedRange named -> named.name();
            case FixedRange fixed -> "Between[from=" + fixed.from() + ", to=" + fixed.to() + "]";
        };
    }

    public String encode(PageToken<P> token) {
        var range = LongStream.of(token.isAllTime() ? 1 : 0, token.range().first().toEpochDay(), token.range().last().toEpochDay());
        var numbers = LongStream.concat(range, LongStream.of(format.toNumbers().apply(token.position()))).toArray();
        return encode(numbers, token.version());
    }

    /**
     * The token that a text stands for.
     *
     * @throws ProblemException if {@link #encode} did not return this text for the same request
     */
    PageToken<P> decode(String text) {
        try {
            return tokenOf(text, ByteBuffer.wrap(DECODER.decode(text)));
        } catch (DateTimeException | IllegalArgumentException | BufferUnderflowException notAToken) {
            throw invalidCursor(text);
        }
    }

    private PageToken<P> tokenOf(String text, ByteBuffer bytes) {
        var hasVersion = bytes.get() == WITH_VERSION;
        var numbers = LongStream.generate(bytes::getLong).limit(RANGE_NUMBERS + format.numberCount()).toArray();
        var version = hasVersion ? Optional.of(readVersion(bytes)) : Optional.<String>empty();
        if (!encode(numbers, version).equals(text)) {
            throw new IllegalArgumentException("Not a token of this query");
        }
        var range = new DateRange(LocalDate.ofEpochDay(numbers[1]), LocalDate.ofEpochDay(numbers[2]));
        var position = format.fromNumbers().apply(Arrays.copyOfRange(numbers, RANGE_NUMBERS, numbers.length));
        return new PageToken<>(numbers[0] == 1, range, position, version);
    }

    private static String readVersion(ByteBuffer bytes) {
        var text = new byte[Math.max(0, bytes.remaining() - Long.BYTES)];
        bytes.get(text);
        return new String(text, UTF_8);
    }

    private static ProblemException invalidCursor(String text) {
        return new ProblemException(Problem.invalidParameters(List.of(new ParameterError(CommonParameters.CURSOR.name(),
                ErrorCode.FOREIGN_CURSOR, Optional.of(text), "does not belong to this query",
                "as in the link to the next page, with the same parameters"))));
    }

    /** The form, the numbers, the version if there is one, and the checksum. */
    private String encode(long[] numbers, Optional<String> version) {
        var text = version.orElse("").getBytes(UTF_8);
        var bytes = ByteBuffer.allocate(1 + (numbers.length + 1) * Long.BYTES + text.length)
                .put(version.isPresent() ? WITH_VERSION : WITHOUT_VERSION);
        LongStream.of(numbers).forEach(bytes::putLong);
        return ENCODER.encodeToString(bytes.put(text).putLong(checksum(bytes)).array());
    }

    /** FNV-1a in 64 bits, of the request's key and of the bytes so far. */
    private long checksum(ByteBuffer bytes) {
        var sum = 0xcbf29ce484222325L;
        for (var next : requestKey) {
            sum = hashStep(sum, next);
        }
        for (var index = 0; index < bytes.position(); index++) {
            sum = hashStep(sum, bytes.get(index));
        }
        return sum;
    }

    private static long hashStep(long sum, byte next) {
        return (sum ^ Byte.toUnsignedLong(next)) * 0x100000001b3L;
    }

    /**
     * How a position is written as numbers.
     *
     * @param numberCount how many numbers a position has
     * @param fromNumbers throws {@link DateTimeException} or {@link IllegalArgumentException} if no position has these numbers
     */
    record PositionFormat<P>(int numberCount, Function<P, long[]> toNumbers, Function<long[], P> fromNumbers) {

        static final PositionFormat<Long> USER_ID = new PositionFormat<>(1, userId -> new long[]{userId}, numbers -> numbers[0]);

        static final PositionFormat<UserVisitsPosition> USER_VISITS = new PositionFormat<>(3,
                position -> new long[]{position.visits(), position.userId(), position.maxTokenId()},
                numbers -> new UserVisitsPosition(numbers[0], numbers[1], numbers[2]));

        static final PositionFormat<VisitPosition> VISIT = new PositionFormat<>(3, PositionFormat::numbersOf, PositionFormat::visitOf);

        private static long[] numbersOf(VisitPosition position) {
            var instant = position.createdAt().toInstant(UTC);
            return new long[]{instant.getEpochSecond(), instant.getNano(), position.tokenId()};
        }

        private static VisitPosition visitOf(long[] numbers) {
            var nanos = Math.clamp(numbers[1], -1, Integer.MAX_VALUE);
            return new VisitPosition(LocalDateTime.ofEpochSecond(numbers[0], nanos, UTC), numbers[2]);
        }
    }
}
