package io.podcapture.fabric8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code sleep} that returns at once, so that the rounds of a script take no time.
 *
 * @param program does it
 * @param naps has a line with the seconds of each nap
 */
record QuickSleep(Path program, Path naps) {
    /**
     * Makes it.
     *
     * @param longest the seconds of the longest nap that takes no time; longer ones take theirs
     */
    static QuickSleep in(Path directory, int longest) throws IOException {
        Path naps = Files.createFile(directory.resolve("naps"));
        Path sleep = Files.createFile(
                directory.resolve("sleep"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                sleep, "#!/bin/sh\necho $1 >>" + naps + "\n[ $1 -le " + longest + " ] || exec /bin/sleep $1\n");
        return new QuickSleep(sleep, naps);
    }

    /** Lets a script that naps in the background use it. A function: busybox looks for its own sleep before the path. */
    List<String> in(List<String> command) {
        List<String> quick = new ArrayList<>(command);
        quick.set(2, "sleep() { exec " + program + " \"$1\"; }\n" + command.get(2));
        return quick;
    }

    List<String> seconds() throws IOException {
        return Files.readAllLines(naps);
    }
}
