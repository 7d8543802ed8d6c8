package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.Permission;
import java.util.List;
import java.util.function.Function;

/** An account of a simulated cluster: for each change of its rights a new one, which counts at once. For one thread. */
final class SimulatedGrantee implements Grantee {
    private final Function<List<Permission>, KubernetesClient> accounts;
    private final List<Permission> rights;
    private KubernetesClient client;

    /**
     * Makes one that has all of the rights.
     *
     * @param accounts makes the client of an account with certain rights
     */
    SimulatedGrantee(Function<List<Permission>, KubernetesClient> accounts, List<Permission> rights) {
        this.accounts = accounts;
        this.rights = rights;
        client = accounts.apply(rights);
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void withhold(Permission right) {
        client.close();
        client = accounts.apply(
                rights.stream().filter(each -> !each.equals(right)).toList());
    }

    @Override
    public void close() {
        client.close();
    }
}
