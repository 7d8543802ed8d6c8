package io.podcapture.spi;

import java.util.ArrayList;
import java.util.List;

/** The constant script that lets a tool write files of a fixed size into a directory of bounded size; see spool.sh. */
final class SpoolScript {
    /** What it prints when there is no room left. */
    static final String FULL = "podcapture-spool full";

    /** What the names of files begin with; a number is behind it. */
    static final String FILE = "packets.pcap";

    private static final String TEXT = ShellText.load(SpoolScript.class, "spool.sh");

    private SpoolScript() {}

    /**
     * Returns the command.
     *
     * @param directory made by the script
     * @param files how many files may be full before the tool is ended
     * @param filesOfAll how many files there may be in all directories beside this one
     */
    static List<String> command(String directory, long files, long filesOfAll, List<String> tool) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", TEXT, "podcapture-spool", directory));
        argv.addAll(List.of(Long.toString(files), Long.toString(filesOfAll)));
        argv.addAll(tool);
        return argv;
    }
}
