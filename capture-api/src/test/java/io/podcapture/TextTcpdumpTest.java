package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.spi.SearchPath;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class TextTcpdumpTest {
    @TempDir
    private Path directory;

    @Test
    void find_noneThere_saysWhereItLookedAndWhatToDo() {
        assertThatThrownBy(() -> TextTcpdump.find(Optional.empty(), new SearchPath(List.of(directory))))
                .hasMessage("cannot show packets as text: this machine has no tcpdump in [" + directory
                        + "]; install the package tcpdump, or capture without text")
                .asInstanceOf(type(CaptureException.class))
                .extracting(CaptureException::reason)
                .isEqualTo(FailureReason.TOOL_MISSING);
    }

    @Test
    void find_namedOneCannotRun_saysSo() throws Exception {
        Path file = Files.createFile(directory.resolve("tcpdump"));
        assertThatThrownBy(() -> TextTcpdump.find(Optional.of(file), new SearchPath(List.of())))
                .hasMessage("cannot show packets as text: " + file
                        + " is no program that can be run; name another one, or capture without text");
    }

    @Test
    void searched_areTheUsualDirectoriesAndThoseForAdministrators() {
        SearchPath usual = new SearchPath(List.of(Path.of("/a"), Path.of("/usr/sbin")));
        assertThat(TextTcpdump.searched(usual).directories())
                .containsExactly(Path.of("/a"), Path.of("/usr/sbin"), Path.of("/usr/local/sbin"), Path.of("/sbin"));
    }

    @Test
    void start_firstOneOnThePath_isAskedForAllThatPeopleRead() throws Exception {
        assertThat(firstLine("echo \"$@\"")).isEqualTo("-nn -vvv -l -r -");
    }

    // What Ctrl-C signals is the group of the terminal.
    @Test
    @EnabledOnOs(OS.LINUX)
    void start_onATerminal_isInAGroupOfItsOwn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid is there");
        String[] processAndGroup = firstLine("cut -d ' ' -f 1,5 /proc/$$/stat").split(" ");
        assertThat(processAndGroup[0]).isEqualTo(processAndGroup[1]);
    }

    private String firstLine(String script) throws Exception {
        Path file = directory.resolve("tcpdump");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        SearchPath searched = new SearchPath(List.of(directory.resolve("nosuch"), directory, Path.of("/usr/bin")));
        Process process = TextTcpdump.find(Optional.empty(), searched).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.readLine();
        } finally {
            process.destroyForcibly();
        }
    }
}
