package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** The rights with which an ephemeral container can capture, the narrowest first. */
enum SecurityProfile {
    /** Root with just the capabilities that tcpdump needs: raw sockets, and to become the user that it is told. */
    CAPABILITIES("as root with NET_RAW") {
        @Override
        SecurityContext context() {
            return asRoot().withAllowPrivilegeEscalation(false)
                    .withNewCapabilities()
                    .withDrop("ALL")
                    .withAdd("NET_RAW", "SETUID", "SETGID")
                    .endCapabilities()
                    .build();
        }
    },
    /**
     * Root with what the container runtime gives by default, where a policy lets nobody name NET_RAW: the defaults of most
     * runtimes hold it.
     */
    DEFAULTS("as root with the runtime's defaults") {
        @Override
        SecurityContext context() {
            return asRoot().build();
        }
    };

    private final String words;

    SecurityProfile(String words) {
        this.words = words;
    }

    /** Returns the profile in words, for messages. */
    String inWords() {
        return words;
    }

    /** Returns what goes into the container's entry. */
    abstract SecurityContext context();

    // Without these the container would have the user of the pod, for whom a capability is only a limit.
    private static SecurityContextBuilder asRoot() {
        return new SecurityContextBuilder().withRunAsUser(0L).withRunAsNonRoot(false);
    }
}
