package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of one kind, in the order in which their {@link FactTree} numbers them. */
final class FactIndex {
    /**
     * What is known where the one within is known too: those around each other form a chain, which holds from some place on
     * outwards. As of facts, each knows a second, farther one, so that this place is found in few steps.
     */
    private static final class Place {
        final Fact fact;
        final @Nullable Place around;
        private final Place far;
        private final int depth;

        @SuppressWarnings("NullAway") // The outermost is its own.
        Place(Fact fact, @Nullable Place around) {
            this.fact = fact;
            this.around = around;
            depth = around == null ? 0 : around.depth + 1;
            far = around == null
                    ? this
                    : around.depth - around.far.depth == around.far.depth - around.far.far.depth
                            ? around.far.far
                            : around;
        }

        @Nullable
        Place outwards(Fact known) {
            return far.fact.holdsWith(known) ? around : far.around == null ? null : far;
        }
    }

    private final List<Place> places = new ArrayList<>(0);

    void clear() {
        places.clear();
    }

    void add(Fact fact, Looks looks) {
        places.add(new Place(fact, holding(places.size() - 1, fact, looks)));
    }

    /** One that is known where the other is; null if none is, or no looks are left to find it. */
    @Nullable
    Fact holding(Fact known, Looks looks) {
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
        Place place = holding(low - 1, known, looks);
        return place == null ? null : place.fact;
    }

    private @Nullable Place holding(int last, Fact known, Looks looks) {
        Place place = last < 0 ? null : places.get(last);
        while (place != null && !place.fact.holdsWith(known)) {
            place = looks.take() ? place.outwards(known) : null;
        }
        return place;
    }
}
