package io.podcapture.examples;

import io.podcapture.pcap.OutputFormat;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads names of formats as people write them. */
final class FormatName {
    static final String NAMES = "pcapng, pcap or libpcap-safe";

    private FormatName() {}

    static OutputFormat read(String text) {
        try {
            return OutputFormat.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no format; write " + NAMES, e);
        }
    }

    /** For the full reader of arguments. */
    static final class Converter implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String text) {
            try {
                return read(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
