package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.podcapture.CaptureException;
import java.util.List;
import java.util.stream.Collectors;

/** Names some of what there is, for a message on what there is not. */
final class Nearby {
    private static final long FEW = 8;

    private Nearby() {}

    /**
     * Lists a few names, in words that go on after a semicolon.
     *
     * @param none the words where there is nothing
     */
    static <T extends HasMetadata> String words(
            ApiCall call, Listable<? extends KubernetesResourceList<T>> all, String none) throws InterruptedException {
        try {
            return words(
                    call.ask(() -> all.list(
                                    new ListOptionsBuilder().withLimit(FEW).build())
                            .getItems()),
                    none);
        } catch (CaptureException e) {
            // Not everybody may list; it is only for a better message.
            return "";
        }
    }

    static String words(List<? extends HasMetadata> some, String none) {
        if (some.isEmpty()) {
            return none;
        }
        String names = some.stream().map(each -> each.getMetadata().getName()).collect(Collectors.joining(", "));
        return "; there are " + names + (some.size() < FEW ? "" : " …");
    }
}
