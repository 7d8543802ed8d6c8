package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program tells its own words alone. */
class MainTest {
    @TempDir
    private Path home;

    @Test
    void main_whateverLibrariesLog_printsItsOwnWordsAlone() throws Exception {
        Path config = Files.createDirectory(home.resolve(".kube")).resolve("config");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                current-context: nobody
                contexts: [{name: nobody, context: {cluster: nobody, user: nobody}}]
                clusters: [{name: nobody, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: nobody, user: {}}]
                """);
        Program ended = Program.withLogs(home).run("demo", "pod/web");
        assertThat(ended.said().lines().toList()).isNotEmpty().allMatch(line -> line.startsWith("podcapture: "));
    }
}
