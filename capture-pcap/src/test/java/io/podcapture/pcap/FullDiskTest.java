package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot grow: to a process with a limit on the size of files, its disk is full. */
class FullDiskTest {
    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void file_thatCannotGrow_leavesWholePacketsBesideAndNamesThem() throws Exception {
        Path in = Samples.file(directory, "in", Samples.pcap(1, new long[40_000]));
        Path out = directory.resolve("out");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -f 1000; exec '" + java + "' -cp '" + System.getProperty("java.class.path") + "' '"
                + Child.class.getName() + "' '" + in + "' '" + out + "'";

        Process child = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(told).contains(out.toString()).contains("octets are in").endsWith(".part");
        Path prefix = Path.of(told.substring(told.lastIndexOf(' ') + 1));
        assertThat(Samples.packets(prefix)).hasSizeBetween(7_000, 11_000);
        assertThat(Files.size(prefix)).isLessThanOrEqualTo(1_024_000);
        assertThat(out).doesNotExist();
    }

    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            try {
                PacketFiles.merge(Path.of(args[0])).writeTo(Path.of(args[1]));
            } catch (CaptureOutputException e) {
                System.out.print(e.getMessage() + " ");
                System.out.println(e.prefix().orElseThrow());
            }
        }
    }
}
