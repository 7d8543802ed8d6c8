package io.podcapture.pcap;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps from packet to packet, and does at damage, at a cut and at the end of a growing file what was asked for. */
final class PacketWalk {
    private RecordReader reader;
    private DamagePolicy policy = DamagePolicy.HALT;
    private boolean tolerant;

    /** Why the walk is over; null while it is not, or ended as the file does. */
    private @Nullable PcapFormatException failure;

    private @Nullable PcapFormatException firstDamage;

    /** The damage behind which a growing file has no record yet. */
    private @Nullable PcapFormatException searching;

    PacketWalk(RecordReader reader) {
        this.reader = reader;
    }

    RecordReader reader() {
        return reader;
    }

    void tolerateTruncation() {
        tolerant = true;
    }

    void onDamage(DamagePolicy policy) {
        this.policy = policy;
        reader.careful = policy == DamagePolicy.RESYNC;
    }

    Optional<PcapFormatException> truncation() {
        return failure != null && failure.truncated() ? Optional.of(failure) : Optional.empty();
    }

    Optional<PcapFormatException> damage() {
        return Optional.ofNullable(firstDamage);
    }

    boolean next() throws IOException {
        if (failure != null) {
            return end(failure);
        }
        if (reader instanceof AwaitedReader awaited) {
            reader = awaited.begun();
        }
        while (true) {
            PcapFormatException at = searching;
            if (at == null) {
                try {
                    return step();
                } catch (PcapFormatException e) {
                    at = e;
                }
            }
            switch (goOn(at)) {
                case NOT_YET -> {
                    return false;
                }
                case NOTHING_FOLLOWS -> {
                    failure = at;
                    return end(at);
                }
                case FOUND -> {}
            }
        }
    }

    private boolean step() throws IOException {
        boolean packet = reader.next();
        if (packet && reader.careful) {
            reader.resync().moved();
        }
        return packet;
    }

    private Resync.Outcome goOn(PcapFormatException e) throws IOException {
        boolean cut = e.truncated();
        if (cut && reader.input.mayGrow()) {
            return Resync.Outcome.NOT_YET;
        }
        if (!cut && e != searching) {
            count(e);
        }
        if (policy != DamagePolicy.RESYNC) {
            return Resync.Outcome.NOTHING_FOLLOWS;
        }
        if (e != searching) {
            reader.damagedHere();
        }
        Resync.Outcome outcome = reader.resync().passOver(cut);
        if (cut && outcome == Resync.Outcome.FOUND) {
            count(e);
        }
        searching = outcome == Resync.Outcome.NOT_YET ? e : null;
        return outcome;
    }

    private void count(PcapFormatException e) {
        reader.damagedPlaces++;
        if (firstDamage == null) {
            firstDamage = e;
        }
    }

    private boolean end(PcapFormatException e) throws PcapFormatException {
        boolean told = policy != DamagePolicy.HALT || tolerant && e.truncated();
        if (told) {
            return false;
        }
        throw e;
    }
}
