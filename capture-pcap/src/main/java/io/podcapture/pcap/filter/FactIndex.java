package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of one kind, in the order in which their {@link FactTree} numbers them. */
final class FactIndex {
    /** @param around the nearest one of the same kind that was known before; null if none was */
    private record Place(Fact fact, @Nullable Place around) {}

    private final List<Place> places = new ArrayList<>(0);

    void clear() {
        places.clear();
    }

    void add(Fact fact) {
        places.add(new Place(fact, holding(places.size() - 1, fact)));
    }

    /** One that is known where the other is; null if none is. */
    @Nullable
    Fact holding(Fact known) {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places.get(middle).fact.order() <= known.order()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Place place = holding(low - 1, known);
        return place == null ? null : place.fact;
    }

    private @Nullable Place holding(int last, Fact known) {
        Place place = last < 0 ? null : places.get(last);
        while (place != null && !place.fact.holdsWith(known)) {
            place = place.around;
        }
        return place;
    }
}
