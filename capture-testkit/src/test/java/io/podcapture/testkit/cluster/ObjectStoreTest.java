package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
    private final ObjectStore store = new ObjectStore();
    private final Map<String, Object> pod = Manifests.object("Pod", "v1", "shop", "cart");

    @Test
    void addNew_ofANameThatIsTaken_leavesTheOneThatHasIt() {
        List<String> told = new ArrayList<>();
        store.watch(0, event -> true, event -> told.add(event.type()));
        Map<String, Object> first = store.addNew("pods", pod).orElseThrow();
        assertThat(store.addNew("pods", pod)).isEmpty();
        assertThat(store.find("pods", "shop", "cart")).containsSame(first);
        assertThat(told).containsExactly("ADDED");
    }

    @Test
    void add_ofANameThatIsTaken_isAnError() {
        store.add("pods", pod);
        assertThatThrownBy(() -> store.add("pods", pod))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pods shop/cart is already there");
    }

    @Test
    void event_tellsWhatWasBefore() {
        List<Map<String, Object>> before = new ArrayList<>();
        store.watch(0, event -> true, event -> before.add(event.before()));
        Map<String, Object> added = store.add("pods", pod);
        store.update("pods", "shop", "cart", object -> object.put("status", Map.of("phase", "Running")));
        Map<String, Object> changed = store.find("pods", "shop", "cart").orElseThrow();
        store.remove("pods", "shop", "cart");
        assertThat(before).containsExactly(Map.of(), added, changed);
    }
}
