package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the requests of the Kubernetes API. */
final class ApiServer implements ApiListener.Service {
    private static final Map<String, String> KINDS = Map.of(
            "namespaces", "Namespace",
            "nodes", "Node",
            "pods", "Pod",
            "services", "Service",
            "deployments.apps", "Deployment",
            "replicasets.apps", "ReplicaSet",
            "statefulsets.apps", "StatefulSet",
            "daemonsets.apps", "DaemonSet",
            "controllerrevisions.apps", "ControllerRevision",
            "endpointslices.discovery.k8s.io", "EndpointSlice");
    private static final String BEARER = "Bearer ";

    private final ObjectStore store;
    private final ExecService exec;
    private final PodChanges podChanges;
    private final WorkloadChanges workloadChanges;
    private final Deletions deletions;
    private final Watches watches;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    ApiServer(
            ObjectStore store,
            ExecService exec,
            PodChanges podChanges,
            WorkloadChanges workloadChanges,
            Deletions deletions,
            Watches watches) {
        this.store = store;
        this.exec = exec;
        this.podChanges = podChanges;
        this.workloadChanges = workloadChanges;
        this.deletions = deletions;
        this.watches = watches;
    }

    /** Lets an account in that shows this token. */
    void admit(String token, Account account) {
        accounts.put(token, account);
    }

    @Override
    public boolean serve(HttpRequest request, HttpConnection connection) throws IOException {
        try {
            if (request.path().equals("/version")) {
                connection.answer(200, Map.of("major", "1", "minor", "36", "gitVersion", "v1.36.2"));
                return true;
            }
            String header = request.header("authorization");
            Account account = accounts.get(header.startsWith(BEARER) ? header.substring(BEARER.length()) : "");
            if (account == null) {
                throw new ApiStatus.Refusal(401, "Unauthorized");
            }
            ApiPath path = ApiPath.parse(request.path())
                    .orElseThrow(() -> new ApiStatus.Refusal(404, "the server could not find the requested resource"));
            return serve(account, path, request, connection);
        } catch (ApiStatus.Refusal refusal) {
            connection.answer(refusal.code(), refusal.status());
            return true;
        } catch (RuntimeException e) {
            // What was sent is no JSON, or not what is to be at that place.
            connection.answer(400, new ApiStatus.Refusal(400, "the request cannot be read: " + e).status());
            return true;
        }
    }

    private boolean serve(Account account, ApiPath path, HttpRequest request, HttpConnection connection)
            throws IOException, ApiStatus.Refusal {
        if (path.resource().equals("selfsubjectaccessreviews.authorization.k8s.io")) {
            connection.answer(201, account.review(Json.read(request.body())));
            return true;
        }
        if (path.resource().equals("selfsubjectrulesreviews.authorization.k8s.io")) {
            connection.answer(201, account.rules(Json.read(request.body())));
            return true;
        }
        if (!KINDS.containsKey(path.resource())) {
            throw new ApiStatus.Refusal(404, "the server could not find the requested resource");
        }
        if (path.resource().equals("pods") && path.subresource().equals("exec")) {
            return exec.serve(account, path, request, connection);
        }
        if (request.method().equals("GET") && request.parameter("watch").equals("true")) {
            account.require("watch", path);
            new WatchStream(store, connection, watches).run(path, request);
            return false;
        }
        connection.answer(request.method().equals("POST") ? 201 : 200, answer(account, path, request));
        return true;
    }

    private Map<String, Object> answer(Account account, ApiPath path, HttpRequest request) throws ApiStatus.Refusal {
        switch (request.method()) {
            case "GET" -> {
                account.require(path.name().isEmpty() ? "list" : "get", path);
                return path.name().isEmpty() ? list(path, request) : find(path);
            }
            case "POST" -> {
                account.require("create", path);
                if (path.resource().equals("pods") && path.subresource().equals("eviction")) {
                    return deletions.evict(path, Json.read(request.body()), request.isDryRun());
                }
                if (!path.resource().equals("pods") || !path.subresource().isEmpty()) {
                    throw new ApiStatus.Refusal(405, "the simulated cluster makes no " + path.resource());
                }
                return podChanges.create(path, Json.read(request.body()), request.isDryRun());
            }
            case "PATCH" -> {
                account.require("patch", path);
                if (WorkloadChanges.isWorkload(path)) {
                    return workloadChanges.patch(path, request);
                }
                if (!path.resource().equals("pods") || !path.subresource().equals("ephemeralcontainers")) {
                    throw new ApiStatus.Refusal(405, "the simulated cluster does not patch " + path.resource());
                }
                return podChanges.addEphemeral(path, Json.read(request.body()), request.isDryRun());
            }
            case "DELETE" -> {
                account.require("delete", path);
                return deletions.delete(
                        path, Json.read(request.body()), request.parameter("propagationPolicy"), request.isDryRun());
            }
            default ->
                throw new ApiStatus.Refusal(
                        405, "the simulated cluster has no " + request.method() + " of " + path.resource());
        }
    }

    private Map<String, Object> find(ApiPath path) throws ApiStatus.Refusal {
        return store.find(path.resource(), path.namespace(), path.name())
                .orElseThrow(() -> ApiStatus.notFound(path.resource(), path.name()));
    }

    private Map<String, Object> list(ApiPath path, HttpRequest request) {
        ObjectStore.Listing listing = store.list(path.resource(), path.namespace(), Selector.of(request));
        List<Object> items = new ArrayList<>(listing.items());
        return Map.of(
                "kind",
                KINDS.get(path.resource()) + "List",
                "apiVersion",
                path.group().isEmpty() ? "v1" : path.group() + "/v1",
                "metadata",
                Map.of("resourceVersion", Long.toString(listing.version())),
                "items",
                items);
    }
}
