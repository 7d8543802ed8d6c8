package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** By what the pods of an object are known: the labels that they carry, and which of those that do are its own. */
record Selection(LabelSelector labels, Predicate<PodView> owned) {
    static Selection of(Map<String, String> labels, Predicate<PodView> owned) {
        return new Selection(new LabelSelectorBuilder().withMatchLabels(labels).build(), owned);
    }

    /** Returns the one for an object that manages its pods itself. */
    static Selection managed(HasMetadata object, LabelSelector labels) {
        return new Selection(labels, ControllerOwner.of(object));
    }

    /**
     * Returns the one for a service.
     *
     * @throws io.podcapture.CaptureException if it selects no pods
     */
    static Selection of(Service service, Named named) {
        if ("ExternalName".equals(service.getSpec().getType())) {
            throw named.notFound("stands for " + service.getSpec().getExternalName()
                    + ", which is outside of the cluster (ExternalName); capture the pods that call it");
        }
        return of(
                Optional.ofNullable(service.getSpec().getSelector())
                        .filter(labels -> !labels.isEmpty())
                        .orElseThrow(() -> named.notFound("has no selector, so that its pods cannot be known;"
                                + " name them by their labels, or what manages them")),
                pod -> true);
    }
}
