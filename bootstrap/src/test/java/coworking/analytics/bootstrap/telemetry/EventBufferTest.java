package coworking.analytics.bootstrap.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventBufferTest {

    @Test
    void eventsOfTheTimeBeforeTheirTargetAreToldOnceAndInOrder() throws Exception {
        var buffer = new EventBuffer<List<Integer>>();
        buffer.publish(list -> list.add(1));
        buffer.publish(list -> list.add(2));
        var target = new ArrayList<Integer>();
        buffer.attach(target);
        buffer.publish(list -> list.add(3));

        assertThat(target).containsExactly(1, 2, 3);
    }

    @Test
    void noEventIsLostWhileTheTargetIsMade() throws Exception {
        for (int round = 0; round < 200; round++) {
            var buffer = new EventBuffer<LongAdder>();
            Consumer<LongAdder> event = LongAdder::increment;
            var publisher = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 100; i++) {
                    buffer.publish(event);
                }
            });
            var counted = new LongAdder();
            buffer.attach(counted);
            publisher.join();
            assertThat(counted.sum()).isEqualTo(100);
        }
    }
}
