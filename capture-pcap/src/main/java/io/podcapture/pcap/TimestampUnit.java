package io.podcapture.pcap;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unit and origin of an interface's timestamps: if_tsresol and if_tsoffset.
 *
 * <p>The resolution octet is a negative power of 10, or of 2 if its highest bit is set. Ticks are unsigned 64 bits.
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Interface Description Block".
 *
 * @param resolution the if_tsresol octet, 0 to 255
 * @param offsetSeconds signed seconds added to every timestamp
 */
record TimestampUnit(int resolution, long offsetSeconds) {
    static final int MICROSECONDS = 6;
    static final int NANOSECONDS = 9;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    static long nanos(Instant instant) {
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
                .add(BigInteger.valueOf(instant.getNano()));
        return nanos.bitLength() < Long.SIZE ? nanos.longValue() : nanos.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** As a record has it, without what makes that at the first call, which takes longer than a small file. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimestampUnit unit
                && unit.resolution == resolution
                && unit.offsetSeconds == offsetSeconds;
    }

    @Override
    public int hashCode() {
        return 31 * resolution + Long.hashCode(offsetSeconds);
    }

    /** How many nanoseconds a tick is, from 1970 on; 0 if that is no whole number, or they are counted from elsewhere. */
    long wholeNanos() {
        return offsetSeconds == 0 && resolution <= NANOSECONDS ? powerOfTen(NANOSECONDS - resolution) : 0;
    }

    long nanos(long ticks) {
        long nanos = binary() ? fromBinary(ticks) : fromDecimal(ticks);
        return offsetSeconds == 0 ? nanos : saturatingAdd(nanos, saturatingMultiply(offsetSeconds, NANOS_PER_SECOND));
    }

    /** Throws IllegalArgumentException for a time before the unit's origin or past its 64 bits. */
    long ticks(long nanos) {
        if (offsetSeconds == 0 && nanos >= 0 && resolution <= NANOSECONDS) {
            return nanos / powerOfTen(NANOSECONDS - resolution);
        }
        BigInteger divisor = BigInteger.valueOf(NANOS_PER_SECOND);
        BigInteger scaled = BigInteger.valueOf(nanos)
                .subtract(BigInteger.valueOf(offsetSeconds).multiply(divisor))
                .multiply(BigInteger.valueOf(binary() ? 2 : 10).pow(exponent()));
        // Rounding up makes a binary tick that was read as nanoseconds come back as the same tick.
        BigInteger ticks = (binary() ? scaled.add(divisor).subtract(BigInteger.ONE) : scaled).divide(divisor);
        if (scaled.signum() < 0 || ticks.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("timestamp " + instant(nanos) + " cannot be written with if_tsresol "
                    + resolution + " and if_tsoffset " + offsetSeconds);
        }
        return ticks.longValue();
    }

    /** Whether the time has ticks, exact ones or not. */
    boolean holds(long nanos) {
        try {
            ticks(nanos);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The ticks of a time that need not be exact: those of the nearest time that has any. */
    long nearestTicks(long nanos) {
        try {
            return ticks(nanos);
        } catch (IllegalArgumentException e) {
            return Math.floorDiv(nanos, NANOS_PER_SECOND) < offsetSeconds ? 0 : -1;
        }
    }

    private boolean binary() {
        return resolution > 0x7f;
    }

    private int exponent() {
        return resolution & 0x7f;
    }

    private long fromDecimal(long ticks) {
        if (resolution <= NANOSECONDS) {
            long factor = powerOfTen(NANOSECONDS - resolution);
            return ticks < 0 ? Long.MAX_VALUE : saturatingMultiply(ticks, factor);
        }
        int excess = resolution - NANOSECONDS;
        return excess > 19 ? 0 : Long.divideUnsigned(ticks, powerOfTen(excess));
    }

    private long fromBinary(long ticks) {
        int exponent = exponent();
        if (exponent >= Long.SIZE) {
            long high = Math.multiplyHigh(ticks, NANOS_PER_SECOND) + (ticks < 0 ? NANOS_PER_SECOND : 0);
            return high >>> (exponent - Long.SIZE);
        }
        long seconds = ticks >>> exponent;
        if (seconds < 0 || seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
            return Long.MAX_VALUE;
        }
        long fraction = ticks & ((1L << exponent) - 1);
        long high = Math.multiplyHigh(fraction, NANOS_PER_SECOND);
        long low = fraction * NANOS_PER_SECOND;
        long fractionNanos = exponent == 0 ? 0 : high << (Long.SIZE - exponent) | low >>> exponent;
        return seconds * NANOS_PER_SECOND + fractionNanos;
    }

    /** As unsigned 64 bits: 10^19 is the largest that fits. */
    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private static long saturatingMultiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == low >> 63 ? low : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long saturatingAdd(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
