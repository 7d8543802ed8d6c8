package io.podcapture.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void contest_processThatNeverIsReady_isEnded() throws Exception {
        Path expression = Files.writeString(directory.resolve("expression"), "tcp");
        Path program = Files.writeString(directory.resolve("program"), "1\nnot an instruction\n");
        Path packets = directory.resolve("packets");
        FilterInputs.write(packets, 10);
        FilterContest.Filter filter = new FilterContest.Filter(expression, program);

        assertThatThrownBy(() -> new FilterContest(1, directory).run(filter, packets, List.of(), "class"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended without an answer")
                .hasMessageContaining("FilterLoop class");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void close_interruptedWhileItRuns_endsIt() {
        assertThatThrownBy(() -> {
                    try (ChildProcess endless = ChildProcess.of("sleep", "600")) {
                        Thread.currentThread().interrupt();
                        endless.succeed();
                    }
                })
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void ask_processThatHasEnded_saysWhich() throws Exception {
        try (ChildProcess ended = ChildProcess.of("true")) {
            ended.succeed();
            assertThatThrownBy(ended::ask).isInstanceOf(IOException.class).hasMessageEndingWith(": true");
        }
    }
}
