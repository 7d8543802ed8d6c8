package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.SearchPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceEntryTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nsenter: cannot open /proc/1/ns/net: Permission denied | FORBIDDEN
                    nsenter: reassociate to namespace 'ns/net' failed: Operation not permitted | FORBIDDEN
                    nsenter: setns(): can't reassociate to namespace 'net': Operation not permitted | FORBIDDEN
                    nsenter: cannot open /proc/7/ns/net: No such file or directory | TARGET_NOT_FOUND
                    nsenter: reassociate to namespace 'ns/net' failed: Invalid argument | TARGET_NOT_FOUND
                    nsenter: something new | PROCESS_FAILED
                    """)
    void refusal_words_giveTheReason(String words, FailureReason reason) {
        NetworkNamespace namespace = new NetworkNamespace(Path.of("/proc/7/ns/net"), "process 7");
        assertThat(new NamespaceEntry(namespace).refusal(words))
                .hasMessageStartingWith("process 7 cannot be entered: " + words)
                .returns(reason, CaptureException::reason);
    }

    @Test
    void probe_fileThatIsNoNamespace_isRefused() throws Exception {
        Assumptions.assumeTrue(SearchPath.ofThisJvm().find("nsenter").isPresent(), "there is nsenter");
        Path file = Files.createFile(directory.resolve("plain"));
        assertThatThrownBy(() -> new NamespaceEntry(new NetworkNamespace(file, "network namespace plain")).probe())
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("network namespace plain cannot be entered: nsenter: ");
    }

    @Test
    void requireCommand_missing_isToolMissing() {
        assertThatThrownBy(() -> NamespaceEntry.requireCommand("no-such-command-9", "install it"))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TOOL_MISSING))
                .hasMessageContaining("no-such-command-9");
    }
}
