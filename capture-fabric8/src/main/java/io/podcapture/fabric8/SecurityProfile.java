package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Optional;
import java.util.StringJoiner;

/** The rights with which a container of ours can capture, the narrowest first. */
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

    /** Asks whether a profile is allowed. */
    @FunctionalInterface
    interface Attempt {
        /** Throws {@link FailureReason#POLICY_DENIED} if not. */
        void with(SecurityProfile profile) throws InterruptedException;
    }

    /**
     * Returns the narrowest rights that the policies of the cluster allow.
     *
     * @param where for the message
     * @throws CaptureException if they allow none, with the server's words for each
     */
    static SecurityProfile firstAllowed(String where, Attempt attempt) throws InterruptedException {
        StringJoiner refusals = new StringJoiner("; ");
        for (SecurityProfile profile : values()) {
            try {
                attempt.with(profile);
                return profile;
            } catch (CaptureException e) {
                if (e.reason() != FailureReason.POLICY_DENIED) {
                    throw e;
                }
                refusals.add(profile.inWords() + ": " + ApiErrors.words(e));
            }
        }
        throw new CaptureException(
                FailureReason.POLICY_DENIED,
                "no container that can capture is allowed " + where + ": " + refusals
                        + "; ask for an exemption, or use a container of the pod that may capture");
    }

    /**
     * Returns the narrowest rights that the policies do not refuse, for a start: where a webhook answers no dry run, the real
     * request tells.
     *
     * @param where for the message
     * @throws CaptureException if they refuse all, or if nobody answers
     */
    static SecurityProfile firstNotRefused(String where, Attempt attempt) throws InterruptedException {
        return firstAllowed(where, profile -> {
            try {
                attempt.with(profile);
            } catch (CaptureException e) {
                if (!Admission.of(ApiErrors.words(e)).equals(Optional.of(Admission.WEBHOOK_WITHOUT_DRY_RUN))) {
                    throw e;
                }
            }
        });
    }

    // Without these the container would have the user of the pod, for whom a capability is only a limit.
    private static SecurityContextBuilder asRoot() {
        return new SecurityContextBuilder().withRunAsUser(0L).withRunAsNonRoot(false);
    }
}
