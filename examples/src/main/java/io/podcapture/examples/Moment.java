package io.podcapture.examples;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads moments as ISO 8601 writes them with a zone, or as seconds since 1970 with a fraction. */
final class Moment {
    private static final int WHOLE_DIGITS = 11;
    private static final int NANOS = 9;

    private Moment() {}

    static Instant read(String text) {
        try {
            if (isSeconds(text)) {
                BigDecimal seconds = new BigDecimal(text);
                BigDecimal whole = new BigDecimal(seconds.toBigInteger());
                return Instant.ofEpochSecond(
                        whole.longValueExact(),
                        seconds.subtract(whole).movePointRight(NANOS).longValueExact());
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time; write for instance 2026-01-31T12:00:00Z or 1769860800.5", e);
        }
    }

    /** At most eleven digits, and perhaps a point and at most nine. */
    private static boolean isSeconds(String text) {
        int point = text.indexOf('.');
        return point < 0
                ? areDigits(text, WHOLE_DIGITS)
                : areDigits(text.substring(0, point), WHOLE_DIGITS) && areDigits(text.substring(point + 1), NANOS);
    }

    private static boolean areDigits(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= most;
    }

    /** For the full reader of arguments. */
    static final class Converter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return read(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
