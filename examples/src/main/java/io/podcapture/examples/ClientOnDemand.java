package io.podcapture.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;

/** A client that is made when it is first asked for: who captures no pod needs no kubeconfig. Not thread-safe. */
final class ClientOnDemand implements AutoCloseable {
    private final Supplier<KubernetesClient> maker;
    private Optional<KubernetesClient> client = Optional.empty();

    ClientOnDemand(Supplier<KubernetesClient> maker) {
        this.maker = maker;
    }

    KubernetesClient get() {
        if (client.isEmpty()) {
            client = Optional.of(maker.get());
        }
        return client.get();
    }

    /** Closes it, if it was made. */
    @Override
    public void close() {
        client.ifPresent(KubernetesClient::close);
    }
}
