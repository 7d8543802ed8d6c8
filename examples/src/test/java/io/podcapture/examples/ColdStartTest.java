package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PcapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands load in a Java of their own: see docs/adr/0018. */
class ColdStartTest {
    @TempDir
    private Path directory;

    private String pcap = "";
    private String pcapng = "";
    private String output = "";

    @BeforeEach
    void writeInputs() throws IOException {
        Path in = directory.resolve("in.pcap");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(in)) {
            writer.write(1_700_000_000_000_000_000L, ByteBuffer.allocate(60), 60);
        }
        Path converted = directory.resolve("in.pcapng");
        PacketFiles.convert(in, OutputFormat.PCAPNG).writeTo(converted);
        pcap = in.toString();
        pcapng = converted.toString();
        output = directory.resolve("out").toString();
    }

    @Test
    void main_ofPlainFileCommands_makesNoLambda() throws Exception {
        assertThat(lambdas("merge", "--format", "pcap", "-w", output, pcap, pcap))
                .isEmpty();
        assertThat(lambdas("merge", "-w", output, pcap, pcapng)).isEmpty();
        assertThat(lambdas("slice", "--from", "1700000000.5", "-w", output, pcap))
                .isEmpty();
        assertThat(lambdas("convert", "--format", "pcap", "-w", output, pcapng)).isEmpty();
        String filter = "tcp and (port 80 or 443) and not host ::1 or net 10.0.0.0/8";
        assertThat(lambdas("filter", "-w", output, filter, pcap)).isEmpty();
    }

    private List<String> lambdas(String... arguments) throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xlog:class+load:file=" + loaded);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("said")))
                .isZero();
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(PlainFileCommand.class.getName()));
        return classes.stream()
                .filter(line -> line.contains("io.podcapture.") && line.contains("$$Lambda"))
                .toList();
    }
}
