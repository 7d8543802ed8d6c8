package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampUnitTest {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({
        "0, 1700000000, 1700000000000000000",
        "3, 1700000000001, 1700000000001000000",
        "6, 1700000000000001, 1700000000000001000",
        "9, 1700000000000000001, 1700000000000000001",
        "12, 1700000000000001999, 1700000000000001",
        "127, 1700000000000000000, 0",
        "128, 1700000000, 1700000000000000000",
        "148, 1782579200000001, 1700000000000000953",
        "0xa0, 7301444403200000001, 1700000000000000000"
    })
    void nanos_ofEachResolution_areExactOrRoundedDown(String resolution, long ticks, long nanos) {
        assertThat(new TimestampUnit(Integer.decode(resolution), 0).nanos(ticks))
                .isEqualTo(nanos);
    }

    @Property
    void nanos_ofAnyResolutionAndTicks_equalBigArithmetic(
            @ForAll @IntRange(max = 255) int resolution, @ForAll long ticks) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
        BigInteger perSecond = BigInteger.valueOf(resolution > 127 ? 2 : 10).pow(resolution & 127);
        BigInteger exact = unsigned.multiply(BigInteger.valueOf(1_000_000_000)).divide(perSecond);

        long nanos = new TimestampUnit(resolution, 0).nanos(ticks);

        BigInteger lastSecond = MAX.subtract(BigInteger.valueOf(2_000_000_000));
        if (exact.compareTo(lastSecond) < 0) {
            assertThat(nanos).isEqualTo(exact.longValueExact());
        } else {
            assertThat(nanos).isGreaterThanOrEqualTo(lastSecond.longValueExact());
        }
    }

    @Property
    void ticks_ofNanosReadFromTicks_areTheSameTicks(
            @ForAll @IntRange(max = 9) int exponent, @ForAll boolean binary, @ForAll @LongRange(min = 0) long ticks) {
        TimestampUnit unit = new TimestampUnit(binary ? 128 + 3 * exponent : exponent, 0);
        long nanos = unit.nanos(ticks);

        if (nanos < Long.MAX_VALUE) {
            assertThat(unit.ticks(nanos)).isEqualTo(ticks);
        }
    }

    @Test
    void offset_isAddedOnReadingAndTakenOffOnWriting() {
        TimestampUnit unit = new TimestampUnit(6, -3600);

        assertThat(unit.nanos(3_600_000_001L)).isEqualTo(1_000);
        assertThat(unit.ticks(1_000)).isEqualTo(3_600_000_001L);
        assertThat(new TimestampUnit(6, Long.MIN_VALUE).nanos(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(new TimestampUnit(6, Long.MAX_VALUE).nanos(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ticks_beforeTheOrigin_areRefused() {
        TimestampUnit unit = new TimestampUnit(6, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> unit.ticks(-1))
                .withMessageContaining("1969-12-31T23:59:59.999999999Z");
        assertThat(unit.nearestTicks(-1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 99999999999, 0", "100, -1, 0", "-100, -100000000001, 0", "-100, -50000000000, 50000000"})
    void nearestTicks_aroundAnOrigin_areThoseOfTheOriginBeforeIt(long offset, long nanos, long ticks) {
        assertThat(new TimestampUnit(6, offset).nearestTicks(nanos)).isEqualTo(ticks);
    }

    @Test
    void nearestTicks_pastTheLast_areTheLast() {
        assertThat(new TimestampUnit(12, -100_000_000).nearestTicks(-1)).isEqualTo(-1);
    }

    @Test
    void instant_ofAnyNanos_isTheSameTime() {
        assertThat(TimestampUnit.instant(-1)).isEqualTo(Instant.ofEpochSecond(0, -1));
        assertThat(TimestampUnit.nanos(TimestampUnit.instant(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(TimestampUnit.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }
}
