-- The shortest replica. The DynamoDB table is in the account that the environment gives; "replica" is any table that
-- takes upserts. It needs checkpoints: SET 'execution.checkpointing.interval' = '10 s';

-- region sql
CREATE TABLE orders (
    customer_id  STRING,
    order_id     STRING,
    status       STRING,
    total        DECIMAL(12, 2),
    address      ROW<city STRING, country STRING>,
    tags         ARRAY<STRING>,
    PRIMARY KEY (customer_id, order_id) NOT ENFORCED
) WITH (
    'connector' = 'dynamodb-replication',
    'table-name' = 'orders',
    'aws.region' = 'us-east-1'
);

INSERT INTO replica
SELECT customer_id, order_id, status, total, address.city, CARDINALITY(tags)
FROM orders;
-- endregion
