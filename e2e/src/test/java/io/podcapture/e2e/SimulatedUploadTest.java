package io.podcapture.e2e;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedUploadTest extends UploadScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withPods();
        makePods(stage);
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    // The file system is this machine's; these are the directories that are tried first.
    @Override
    String filesBrought(String session, String pod, String container, String shell) throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> directories = Stream.of("/tmp", "/dev/shm", "/var/tmp")
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
        for (Path directory : directories) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".podcapture-" + session + "-*")) {
                files.forEach(found::add);
            }
        }
        return found.stream().map(Path::toString).collect(Collectors.joining(" "));
    }
}
