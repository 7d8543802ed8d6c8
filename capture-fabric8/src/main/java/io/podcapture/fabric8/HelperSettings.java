package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What helper containers are made of, and where helper pods go.
 *
 * @param image with a registry of the caller's, if there is one
 * @param pullPolicy as Kubernetes spells it
 * @param pullSecrets names of secrets in the namespace of the helper pod
 * @param namespace of helper pods; empty for that of the target
 * @param tolerations of helper pods
 * @param resources of every helper container but an ephemeral one, which cannot have any
 * @param deadline after which the node ends a helper pod whatever it does; empty for none
 * @param nodeKernelBuffer octets that the kernel buffers of all captures on a node share
 */
record HelperSettings(
        String image,
        String pullPolicy,
        List<String> pullSecrets,
        Optional<String> namespace,
        List<Toleration> tolerations,
        ResourceRequirements resources,
        Optional<Duration> deadline,
        long nodeKernelBuffer) {}
