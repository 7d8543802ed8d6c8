package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Leftover;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sessions that were killed left in a cluster: helper pods that have ended or never came to life, and sidecars that
 * nobody uses. What belongs to a living session is never among them: a helper pod ends by itself soon after its session, and
 * the sessions that use a sidecar say on its workload, every 20 s, that they are alive.
 *
 * <p>Whether they are is told by the clock of this machine; one that is off by more than half a minute tells wrong. The entries of
 * ephemeral containers are not found: what ran in them has ended by itself, and nobody can remove them but with their pod.
 *
 * <p>Immutable; safe for use by several threads. All methods block.
 *
 * @since 0.1
 */
public final class Leftovers {
    private final List<Removable> found;
    private final List<String> unseen;

    /** One leftover, and how it goes. */
    interface Removable {
        /** Says what it is. */
        Leftover leftover();

        /** Removes it, unless a session uses it now; returns why not, in words. */
        Optional<String> remove() throws InterruptedException;
    }

    private Leftovers(List<Removable> found, List<String> unseen) {
        this.found = found;
        this.unseen = unseen;
    }

    /**
     * Looks in all namespaces; needs {@code list} on pods, deployments, statefulsets and daemonsets in the whole cluster.
     *
     * @throws CaptureException {@link FailureReason#FORBIDDEN} if none of them may be listed
     */
    public static Leftovers find(KubernetesClient client) {
        return find(client, Optional.empty());
    }

    /**
     * Looks in one namespace.
     *
     * @throws CaptureException {@link FailureReason#FORBIDDEN} if nothing may be listed there
     */
    public static Leftovers find(KubernetesClient client, String namespace) {
        return find(client, Optional.of(namespace));
    }

    private static Leftovers find(KubernetesClient client, Optional<String> namespace) {
        LeftoverSearch search = new LeftoverSearch(new Cluster(client, ""), namespace, InstantSource.system());
        List<Removable> found = new ArrayList<>();
        List<CaptureException> refusals = new ArrayList<>();
        List<LeftoverSearch.Look> looks = search.looks();
        for (LeftoverSearch.Look look : looks) {
            try {
                found.addAll(look.find());
            } catch (CaptureException e) {
                if (e.reason() != FailureReason.FORBIDDEN) {
                    throw e;
                }
                refusals.add(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        if (refusals.size() == looks.size()) {
            throw refusals.get(0);
        }
        return new Leftovers(
                List.copyOf(found),
                refusals.stream().map(e -> String.valueOf(e.getMessage())).toList());
    }

    /** Returns what was found. */
    public List<Leftover> all() {
        return found.stream().map(Removable::leftover).toList();
    }

    /** Returns what could not be looked at for want of a right, in words. */
    public List<String> unseen() {
        return unseen;
    }

    /**
     * Removes all that was found and that no session uses by now; needs {@code get} and {@code delete} on pods, {@code get}
     * and {@code patch} on the workloads.
     *
     * @return what could not be removed, with the reason
     */
    public List<Leftover> remove() {
        List<Leftover> kept = new ArrayList<>();
        for (Removable each : found) {
            Leftover leftover = each.leftover();
            try {
                each.remove().ifPresent(why -> kept.add(new Leftover(leftover.what(), why, leftover.command())));
            } catch (CaptureException e) {
                kept.add(new Leftover(leftover.what(), String.valueOf(e.getMessage()), leftover.command()));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return kept;
    }

    private static CaptureException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CaptureException(
                FailureReason.CANCELLED, "the thread was interrupted while it looked for leftovers", e);
    }
}
