package io.podcapture.junit5;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.podcapture.pcap.PacketCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a fixture class as JUnit does, and tells what came of it. */
final class FixtureRun {
    private static final Pattern NUMBER = Pattern.compile("packet-(\\d+)");

    private final Class<?> fixture;
    private final Path captures;
    private final Map<String, String> parameters = new HashMap<>();

    FixtureRun(Class<?> fixture, Path captures) {
        this.fixture = fixture;
        this.captures = captures;
    }

    FixtureRun with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    Result run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(fixture))
                    .configurationParameter("podcapture.captures", captures.toString())
                    .configurationParameters(parameters)
                    .outputDirectoryCreator(new Published(captures.resolveSibling("published")))
                    .execute();
            return new Result(
                    fixture,
                    captures,
                    results,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    /** Where JUnit collects what tests publish. */
    private record Published(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(
                    root.resolve(test.getUniqueId().getLastSegment().getValue().replaceAll("\\W", "")));
        }
    }

    /** What came of it. */
    record Result(Class<?> fixture, Path captures, EngineExecutionResults results, String out, String err) {
        Throwable failure() {
            return results.testEvents().failed().stream()
                    .findFirst()
                    .orElseGet(() -> results.containerEvents().failed().stream()
                            .findFirst()
                            .orElseThrow())
                    .getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow();
        }

        /** Returns the directories of kept captures, as CLASS/METHOD, the class without its package and outer class. */
        List<String> kept() throws IOException {
            if (!Files.exists(captures)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(captures)) {
                return files.filter(file -> file.getFileName().toString().equals("capture.pcapng"))
                        .map(file -> captures.relativize(file.getParent()).toString())
                        .map(name -> name.substring(name.indexOf('$') + 1))
                        .sorted()
                        .toList();
            }
        }

        Path directory(String method) {
            return captures.resolve(fixture.getName()).resolve(method);
        }

        String summary(String method) throws IOException {
            return Files.readString(directory(method).resolve("summary.txt"));
        }

        List<Integer> numbers(String method) throws IOException {
            return FixtureRun.numbers(directory(method).resolve("capture.pcapng"));
        }
    }

    static List<Integer> numbers(Path file) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (PacketCursor packets = PacketCursor.open(file)) {
            while (packets.next()) {
                Matcher matcher = NUMBER.matcher(
                        StandardCharsets.ISO_8859_1.decode(packets.data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return numbers;
    }
}
