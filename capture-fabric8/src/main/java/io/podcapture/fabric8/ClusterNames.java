package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.pcap.filter.NameResolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses of pods and services, by the names that filters can spell: a slash would make a net of them. */
final class ClusterNames implements NameResolver {
    private final KubernetesClient client;
    private final String namespace;

    ClusterNames(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public List<InetAddress> addresses(String host) {
        Optional<ClusterName> name = ClusterName.of(host, namespace);
        if (name.isEmpty()) {
            return List.of();
        }
        try {
            return found(name.get()).all();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException(
                    FailureReason.CANCELLED, "interrupted while the addresses of " + host + " were asked for", e);
        }
    }

    private ToldAddresses found(ClusterName name) throws InterruptedException {
        ToldAddresses addresses = new ToldAddresses(name);
        if (name.kind() != ClusterName.Kind.SERVICE) {
            addPod(name, addresses);
        }
        if (name.kind() != ClusterName.Kind.POD && addresses.isEmpty()) {
            addService(name, addresses);
        }
        return addresses;
    }

    private void addPod(ClusterName name, ToldAddresses addresses) throws InterruptedException {
        Pod pod = new ApiCall("get", "pods", name.toString())
                .ask(() -> client.pods()
                        .inNamespace(name.namespace())
                        .withName(name.name())
                        .get());
        PodStatus status = pod == null ? null : pod.getStatus();
        // One that is over keeps its address, and another may have it by now.
        if (status == null || "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase())) {
            return;
        }
        orNone(status.getPodIPs()).stream().map(PodIP::getIp).forEach(addresses::add);
        addresses.add(status.getPodIP());
    }

    /** Clients see the service's own address, pods theirs, for what is sent to the one arrives at the others. */
    private void addService(ClusterName name, ToldAddresses addresses) throws InterruptedException {
        Service service = new ApiCall("get", "services", name.toString())
                .ask(() -> client.services()
                        .inNamespace(name.namespace())
                        .withName(name.name())
                        .get());
        if (service == null) {
            return;
        }
        ServiceSpec spec = service.getSpec();
        if (spec != null) {
            orNone(spec.getClusterIPs()).forEach(addresses::add);
            addresses.add(spec.getClusterIP());
        }
        new ApiCall("list", "endpointslices", name.toString())
                        .ask(() -> client.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace(name.namespace())
                                .withLabel("kubernetes.io/service-name", name.name())
                                .list())
                        .getItems()
                        .stream()
                        .filter(slice -> !"FQDN".equals(slice.getAddressType()))
                        .flatMap(slice -> orNone(slice.getEndpoints()).stream())
                        .flatMap(endpoint -> orNone(endpoint.getAddresses()).stream())
                        .forEach(addresses::add);
    }

    /** Servers leave out what is empty, and some write null. */
    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
