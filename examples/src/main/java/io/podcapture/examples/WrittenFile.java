package io.podcapture.examples;

import io.podcapture.pcap.CaptureSink;
import io.podcapture.pcap.OutputFormat;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a command that writes one capture file. */
final class WrittenFile {
    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            required = true,
            description = "File to write; - for standard output.")
    private String name = "-";

    static WrittenFile of(String name) {
        WrittenFile file = new WrittenFile();
        file.name = name;
        return file;
    }

    boolean isStandardOutput() {
        return name.equals("-");
    }

    Path path() {
        return Path.of(name);
    }

    /** The path, or standard output, which is written as octets and by no print stream. */
    CaptureSink sink() {
        return isStandardOutput()
                ? CaptureSink.stream(new FileOutputStream(FileDescriptor.out))
                : CaptureSink.file(path());
    }

    /** Reads names of formats as people write them: pcapng, pcap, libpcap-safe. */
    static final class Format implements ITypeConverter<OutputFormat> {
        static final String NAMES = "pcapng, pcap or libpcap-safe";

        @Override
        public OutputFormat convert(String text) {
            try {
                return OutputFormat.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("\"" + text + "\" is no format; write " + NAMES);
            }
        }
    }

    /** Says in one line what was written where. */
    static String line(long packets, String to, Optional<String> more) {
        return packets + " packets in " + to + more.map(text -> "; " + text).orElse("");
    }
}
