package io.podcapture.local;

import com.sun.jna.Native;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;

/** Whether libpcap is on this machine. Apart from {@link Libpcap}, which cannot be touched where it is not. */
final class LibpcapPresence {
    private static final String INSTALL =
            "; install it: libpcap0.8 on Debian and Ubuntu, libpcap on Fedora, Red Hat, SUSE and Alpine. The method netns on"
                    + " Targets.process needs only tcpdump";

    private static final String UNPACK =
            "; JNA unpacks native code into a directory of its own below java.io.tmpdir and runs it there: where that is not"
                    + " permitted, name another by -Djna.tmpdir";

    private LibpcapPresence() {}

    /**
     * Loads the library and returns what it calls itself.
     *
     * @throws CaptureException with {@link FailureReason#TOOL_MISSING} if it cannot be loaded
     */
    static String require() {
        requireJna();
        try {
            return Libpcap.pcap_lib_version();
        } catch (LinkageError e) {
            throw missing("libpcap cannot be loaded: " + firstLine(e) + INSTALL, e);
        }
    }

    // Its first use loads its own native code.
    private static void requireJna() {
        try {
            Native.getDefaultStringEncoding();
        } catch (LinkageError e) {
            throw missing("JNA, the way to libpcap, cannot be loaded: " + firstLine(e) + UNPACK, e);
        }
    }

    private static CaptureException missing(String words, LinkageError e) {
        return new CaptureException(FailureReason.TOOL_MISSING, words, e);
    }

    // JNA lists all places where it looked. A class that failed before says so, and has its failure as the cause.
    private static String firstLine(LinkageError e) {
        Throwable first = e.getCause() == null ? e : e.getCause();
        return String.valueOf(first.getMessage()).lines().findFirst().orElse("").replaceFirst(":$", "");
    }
}
