package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SearchPathTest {
    @TempDir
    private Path directory;

    @Test
    void of_emptyDirectories_areLeftOut() {
        assertThat(SearchPath.of("/a" + File.pathSeparator + File.pathSeparator + "/b")
                        .directories())
                .containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(SearchPath.of("").directories()).isEmpty();
    }

    @Test
    void find_name_isTheFirstThatCanRun() throws Exception {
        Files.createDirectories(directory.resolve("1/tool"));
        Files.createFile(Files.createDirectory(directory.resolve("2")).resolve("tool"));
        Path third = program("3");
        program("4");
        SearchPath searched = new SearchPath(List.of(
                directory.resolve("1"), directory.resolve("2"), directory.resolve("3"), directory.resolve("4")));
        assertThat(searched.find("tool")).contains(third);
        assertThat(searched.find("other")).isEmpty();
    }

    @Test
    void find_path_isNotSearchedFor() throws Exception {
        Path tool = program("1/below");
        SearchPath searched = new SearchPath(List.of(directory.resolve("1")));
        assertThat(searched.find(tool.toString())).contains(tool);
        assertThat(searched.find("below/tool")).isEmpty();
    }

    private Path program(String where) throws Exception {
        Path file = Files.createDirectories(directory.resolve(where)).resolve("tool");
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
