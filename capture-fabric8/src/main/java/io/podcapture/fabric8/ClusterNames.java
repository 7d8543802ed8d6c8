package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.pcap.filter.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Addresses of pods and services, by the names that filters can spell: a slash would make a net of them. */
final class ClusterNames implements NameResolver {
    private static final String DOMAIN = ".cluster.local";
    private static final String SERVICE = ".svc";
    private static final String POD = ".pod";

    private final KubernetesClient client;
    private final String namespace;

    ClusterNames(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public List<InetAddress> addresses(String host) {
        try {
            Set<String> found = found(host);
            List<InetAddress> addresses = new ArrayList<>();
            for (String text : found) {
                // A literal: nothing is looked up.
                addresses.add(InetAddress.getByName(text));
            }
            return addresses;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException(
                    FailureReason.CANCELLED, "interrupted while the addresses of " + host + " were asked for", e);
        } catch (UnknownHostException e) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED, "the API server has an address of " + host + " that is none", e);
        }
    }

    private Set<String> found(String host) throws InterruptedException {
        String name = without(DOMAIN, host);
        if (name.endsWith(SERVICE)) {
            return service(without(SERVICE, name));
        }
        if (name.endsWith(POD)) {
            return pod(without(POD, name));
        }
        Set<String> pod = pod(name);
        return pod.isEmpty() ? service(name) : pod;
    }

    private static String without(String end, String name) {
        return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }

    /** What stands behind the last dot; without one, the namespace that names are of. */
    private String namespaceOf(String name) {
        return name.indexOf('.') < 0 ? namespace : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String nameIn(String name) {
        return name.indexOf('.') < 0 ? name : name.substring(0, name.lastIndexOf('.'));
    }

    private Set<String> pod(String name) throws InterruptedException {
        String in = namespaceOf(name);
        String pod = nameIn(name);
        Pod found = new ApiCall("get", "pods", in + "/" + pod)
                .ask(() -> client.pods().inNamespace(in).withName(pod).get());
        Set<String> addresses = new LinkedHashSet<>();
        if (found != null && found.getStatus() != null) {
            found.getStatus().getPodIPs().stream().map(PodIP::getIp).forEach(addresses::add);
        }
        return addresses;
    }

    /** Clients see the service's own address, pods theirs, for what is sent to the one arrives at the others. */
    private Set<String> service(String name) throws InterruptedException {
        String in = namespaceOf(name);
        String service = nameIn(name);
        Service found = new ApiCall("get", "services", in + "/" + service)
                .ask(() -> client.services().inNamespace(in).withName(service).get());
        Set<String> addresses = new LinkedHashSet<>();
        if (found == null) {
            return addresses;
        }
        found.getSpec().getClusterIPs().stream()
                .filter(address -> !address.isEmpty() && !address.equals("None"))
                .forEach(addresses::add);
        new ApiCall("list", "endpointslices", in + "/" + service)
                        .ask(() -> client.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace(in)
                                .withLabel("kubernetes.io/service-name", service)
                                .list())
                        .getItems()
                        .stream()
                        .filter(slice -> slice.getEndpoints() != null
                                && !slice.getAddressType().equals("FQDN"))
                        .flatMap(slice -> slice.getEndpoints().stream())
                        .forEach(endpoint -> addresses.addAll(endpoint.getAddresses()));
        return addresses;
    }
}
