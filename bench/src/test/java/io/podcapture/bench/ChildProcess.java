package io.podcapture.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that answers in lines. To close it ends it and cannot fail, so that none outlives who started it. */
final class ChildProcess implements AutoCloseable {
    private final String command;
    private final Process process;
    private final BufferedReader lines;

    ChildProcess(ProcessBuilder builder) throws IOException {
        command = String.join(" ", builder.command());
        process = builder.start();
        lines = process.inputReader();
    }

    /** A Java that has done nothing else. Its classes are not in the command, for that is in what errors say. */
    static ChildProcess java(Class<?> program, Object... words) throws IOException {
        List<Object> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java"), "-Xmx256m", program.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = builder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new ChildProcess(builder);
    }

    static ChildProcess of(Object... words) throws IOException {
        return new ChildProcess(builder(List.of(words)));
    }

    private static ProcessBuilder builder(List<Object> words) {
        return new ProcessBuilder(words.stream().map(Object::toString).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Waits until the process says that it is ready. */
    void awaitReady() throws IOException {
        String line = line();
        if (!line.equals("ready")) {
            throw new IOException("not ready, but said \"" + line + "\": " + command);
        }
    }

    /** Asks for one more answer. */
    String ask() throws IOException {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new IOException("ended before it was asked: " + command, e);
        }
        return line();
    }

    /** The only answer of a process that ends by itself. */
    String answer() throws IOException, InterruptedException {
        String line = line();
        succeed();
        return line;
    }

    void succeed() throws IOException, InterruptedException {
        int status = status();
        if (status != 0) {
            throw new IOException("ended with status " + status + ": " + command);
        }
    }

    int status() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("ended without an answer: " + command);
        }
        return line;
    }
}
