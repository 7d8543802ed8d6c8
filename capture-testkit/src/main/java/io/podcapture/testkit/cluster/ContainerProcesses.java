package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Starts the commands of containers as processes of this machine, and ends them with the cluster. */
final class ContainerProcesses {
    private static final long PATIENCE_SECONDS = 5;
    private static final String TOOLS = "bin";
    private static final Path NOWHERE = Path.of("");

    private final Path root;
    private final ContainerFiles files;
    private final ToolDoor door;
    private final Map<String, Path> places = new ConcurrentHashMap<>();
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    ContainerProcesses(Path root, ContainerFiles files, ToolDoor door) {
        this.root = root;
        this.files = files;
        this.door = door;
    }

    /** Makes ready for the containers of a pod, which share its interfaces. */
    void admit(String uid, PodInterfaces interfaces) throws IOException {
        Path place = Files.createDirectories(place(uid));
        Path tools = Files.createDirectory(place.resolve(TOOLS));
        door.admit(place, interfaces);
        files.addTool(tools, place, door.file());
        places.put(uid, place);
    }

    /** Returns the directory of a pod. */
    Path place(String uid) {
        return root.resolve("pods").resolve(uid);
    }

    /**
     * Starts a command; empty if the image does not have it.
     *
     * @param environment what it gets besides
     */
    Optional<Process> start(String uid, SimulatedImage image, List<String> argv, Map<String, String> environment)
            throws IOException {
        Path place = places.get(uid);
        if (place == null || argv.isEmpty()) {
            return Optional.empty();
        }
        String path = files.path(image, place.resolve(TOOLS));
        Optional<Path> program = Stream.of(path.split(":"))
                .map(directory -> Path.of(directory).resolve(argv.get(0)))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(argv);
        command.set(0, program.get().toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", path);
        builder.environment().put(BroughtTcpdump.POD, place.toString());
        Process process = builder.start();
        processes.add(process);
        // A pod or all may be ended just now, by somebody who did not see this one.
        if (over || !places.containsKey(uid)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Optional.of(process);
    }

    /** Forgets a process that has ended. */
    void ended(Process process) {
        processes.remove(process);
    }

    /** Returns the commands that run now, with their arguments; none where a system does not tell where they run. */
    List<String> running() {
        return within(root).stream()
                .map(process -> process.info().commandLine().orElseGet(process::toString))
                .toList();
    }

    /** Ends all that runs in a pod. */
    void killPod(String uid) {
        Path place = places.remove(uid);
        if (place != null) {
            kill(place);
        }
    }

    /** Ends all, and waits until they are gone; what is started from now on ends at once. */
    void killAll() {
        over = true;
        List<ProcessHandle> family = new ArrayList<>();
        for (Process process : processes) {
            process.descendants().forEach(family::add);
            family.add(process.toHandle());
        }
        family.forEach(ProcessHandle::destroyForcibly);
        kill(root);
        for (Process process : processes) {
            try {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // A process whose parent has ended is nobody's descendant any more; where it runs tells whose it is.
    private static void kill(Path place) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<ProcessHandle> left = within(place);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            left = within(place);
        }
    }

    private static List<ProcessHandle> within(Path place) {
        return ProcessHandle.allProcesses()
                .filter(process -> directory(process).startsWith(place))
                .toList();
    }

    // Where a system does not tell it, there is no such link.
    private static Path directory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        } catch (IOException gone) {
            return NOWHERE;
        }
    }
}
