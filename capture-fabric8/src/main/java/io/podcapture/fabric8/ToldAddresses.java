package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses that the API server has of a pod or service, each once. */
final class ToldAddresses {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /** What Java parses, and never looks up. */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Of a service without an address of its own. */
    private static final String HEADLESS = "None";

    private final ClusterName name;
    private final Set<InetAddress> addresses = new LinkedHashSet<>();

    ToldAddresses(ClusterName name) {
        this.name = name;
    }

    void add(@Nullable String text) {
        // An empty one would be this machine.
        if (text == null || text.isEmpty() || text.equals(HEADLESS)) {
            return;
        }
        try {
            if (!LITERAL.matcher(text).matches()) {
                throw new UnknownHostException(text);
            }
            addresses.add(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "the API server has an address of " + name + " that is none: \"" + text + "\"",
                    e);
        }
    }

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    List<InetAddress> all() {
        return List.copyOf(addresses);
    }
}
